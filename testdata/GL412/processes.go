// Processes that are started and, on some way out, not waited for.
package gl412

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"time"
)

var errSlow = errors.New("too slow")

// fed is how moby gives nft its commands: what fails between Start and Wait leaves a zombie.
func fed(ctx context.Context, name string, input []byte) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil { // want GL412 "cmd (exec.Cmd) is not waited for on 3 ways out of fed"
		return nil, err
	}
	if _, err := in.Write(input); err != nil {
		return nil, err
	}
	if err := in.Close(); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(out)
	if err != nil {
		return nil, err
	}
	return data, cmd.Wait()
}

// forgotten starts and goes away.
func forgotten(name string) error {
	cmd := exec.Command(name)
	return cmd.Start() // want GL412 "cmd (exec.Cmd)"
}

// killed does not wait for what it killed.
func killed(name string, ready func() error) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil { // want GL412 "cmd (exec.Cmd)"
		return err
	}
	if err := ready(); err != nil {
		cmd.Process.Kill()
		return err
	}
	return cmd.Wait()
}

func opened(name string) error {
	err := exec.Command("xdg-open", name).Start() // missed GL412 "a command that no variable holds is not followed"
	return err
}

func each(names []string) error {
	for _, name := range names {
		cmd := exec.Command("gzip", name)
		if err := cmd.Start(); err != nil { // want GL412 "cmd (exec.Cmd)"
			return err
		}
	}
	return nil
}

func polled(name string) error {
	cmd := exec.Command(name)
	err := cmd.Start() // want GL412 "cmd (exec.Cmd) is not waited for on one way out of polled"
	if err != nil {
		return err
	}
	for range 10 {
		if cmd.ProcessState != nil {
			return cmd.Wait()
		}
		time.Sleep(time.Second)
	}
	return errSlow
}

func raw(name string, attr *os.ProcAttr) (int, error) {
	p, err := os.StartProcess(name, nil, attr) // want GL412 "p (os.Process)"
	if err != nil {
		return 0, err
	}
	return p.Pid, nil
}

// limited ends the process with the context, which makes a zombie of it, and does not wait for that.
func limited(parent context.Context, name string, watch func(context.Context)) error {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name)
	if err := cmd.Start(); err != nil { // want GL412 "cmd (exec.Cmd)"
		return err
	}
	watch(ctx)
	return nil
}
