// Processes that somebody waits for.
package gl412

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

func okWaits(name string) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Wait()
}

// okRuns: Run, Output and CombinedOutput wait.
func okRuns(name string) (string, error) {
	cmd := exec.Command(name)
	var out bytes.Buffer
	cmd.Stdout = &out
	err := cmd.Run()
	return out.String(), err
}

// okPipes: Wait closes the pipes; the closer's own Close is not needed.
func okPipes(name string) ([]byte, error) {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	defer cmd.Wait()
	return io.ReadAll(out)
}

// okWaitedInGoroutine is how moby starts containerd.
func okWaitedInGoroutine(name string) (<-chan error, error) {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	return ended, nil
}

// okOnItsThread is how moby starts its proxy: one goroutine starts and waits.
func okOnItsThread(cmd *exec.Cmd) error {
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		_ = cmd.Wait()
	}()
	return <-started
}

type okDaemon struct{ cmd *exec.Cmd }

func (d *okDaemon) start(name string) error {
	d.cmd = exec.Command(name)
	return d.cmd.Start()
}

func (d *okDaemon) stop() error {
	if err := d.cmd.Process.Kill(); err != nil {
		return err
	}
	return d.cmd.Wait()
}

func okHandedBack(name string) (*exec.Cmd, error) {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return cmd, nil
}

func okKilledAndWaited(name string, ready func() error) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	if err := ready(); err != nil {
		cmd.Process.Kill()
		cmd.Wait()
		return err
	}
	return cmd.Wait()
}

// okLetGo: Release says that nobody will wait.
func okLetGo(name string, attr *os.ProcAttr) (int, error) {
	p, err := os.StartProcess(name, nil, attr)
	if err != nil {
		return 0, err
	}
	return p.Pid, p.Release()
}

// okWaitsForHandle: who has the handle of a process waits for that.
func okWaitsForHandle(name string, use func(pid int) error) error {
	var handle int
	p, err := os.StartProcess(name, nil, &os.ProcAttr{Sys: &syscall.SysProcAttr{PidFD: &handle}})
	if err != nil {
		return err
	}
	file := os.NewFile(uintptr(handle), "process")
	defer file.Close()
	return use(p.Pid)
}

// okSession starts what another method waits for, and calls it by a short name meanwhile.
type okSession struct{ cmd *exec.Cmd }

func (s *okSession) okStartsOwn() error {
	cmd := s.cmd
	cmd.Stdout = os.Stdout
	if err := cmd.Start(); err != nil {
		return err
	}
	return nil
}

func (s *okSession) okWaitsForOwn() error { return s.cmd.Wait() }
