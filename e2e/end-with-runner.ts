// A test process whose runner was killed ends too, and the kernel then ends its Docker daemon.
process.once('disconnect', () => process.exit(1))
