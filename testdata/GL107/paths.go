// Threads that stay locked on one path, beside those that are unlocked on all.
package gl107

import (
	"errors"
	"runtime"
)

var errRefused = errors.New("refused")

func refuse() error { return errRefused }

func earlyReturn(enter func() error) error {
	runtime.LockOSThread() // want GL107 "without UnlockOSThread"
	if err := enter(); err != nil {
		return err
	}
	runtime.UnlockOSThread()
	return nil
}

func deferredTooLate(enter func() error) error {
	runtime.LockOSThread() // want GL107 "stays locked to its thread"
	if err := enter(); err != nil {
		return err
	}
	defer runtime.UnlockOSThread()
	return nil
}

func unlockedOnErrorOnly(enter func() error) {
	runtime.LockOSThread() // want GL107 "without UnlockOSThread"
	if enter() == nil {
		runtime.UnlockOSThread()
	}
}

func inSwitch(kind int) {
	runtime.LockOSThread() // want GL107 "without UnlockOSThread"
	switch kind {
	case 0:
		runtime.UnlockOSThread()
	case 1:
		runtime.UnlockOSThread()
	}
}

func secondReturn(enter func() error) error {
	runtime.LockOSThread() // want GL107 "without UnlockOSThread"
	err := enter()
	if err == nil {
		runtime.UnlockOSThread()
		return nil
	}
	return err
}

func inLoop(enter func() error) error {
	for range 2 {
		runtime.LockOSThread() // want GL107 "without UnlockOSThread"
		if err := enter(); err != nil {
			return err
		}
		runtime.UnlockOSThread()
	}
	return nil
}

func okDeferred(enter func() error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return enter()
}

func okOnBothPaths(enter func() error) error {
	runtime.LockOSThread()
	if err := enter(); err != nil {
		runtime.UnlockOSThread()
		return err
	}
	runtime.UnlockOSThread()
	return nil
}

func okInLiteral(enter func() error) error {
	runtime.LockOSThread()
	defer func() { runtime.UnlockOSThread() }()
	return enter()
}

func okHelperUnlocks(enter func() error) error {
	runtime.LockOSThread()
	err := enter()
	restore()
	return err
}

func restore() { runtime.UnlockOSThread() }

func okEndsWithTheThread(enter func() error) {
	go func() {
		runtime.LockOSThread()
		if enter() != nil {
			return // the thread ends with the goroutine
		}
		runtime.UnlockOSThread()
	}()
}

func okReturnsTheUnlock() (unlock func()) {
	runtime.LockOSThread()
	return func() { runtime.UnlockOSThread() }
}
