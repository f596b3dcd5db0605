package gl107

func runEarlyReturn() { _ = earlyReturn(refuse) }

func runDeferredTooLate() { _ = deferredTooLate(refuse) }

func runUnlockedOnErrorOnly() { unlockedOnErrorOnly(refuse) }

func runInSwitch() { inSwitch(2) }

func runSecondReturn() { _ = secondReturn(refuse) }

func runInLoop() { _ = inLoop(refuse) }

func runOkDeferred() { _ = okDeferred(refuse) }

func runOkOnBothPaths() { _ = okOnBothPaths(refuse) }

func runOkInLiteral() { _ = okInLiteral(refuse) }

func runOkHelperUnlocks() { _ = okHelperUnlocks(refuse) }

func runOkEndsWithTheThread() { okEndsWithTheThread(refuse) }

func runOkReturnsTheUnlock() { okReturnsTheUnlock()() }
