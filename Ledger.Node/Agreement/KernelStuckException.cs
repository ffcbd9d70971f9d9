namespace Ledger.Node.Agreement;

/// <summary>The kernel's thread does not come back from one piece of work: the process must end.</summary>
public sealed class KernelStuckException(int seconds) : Exception(
    $"one piece of work has not ended for {seconds} s, most likely because of the disk, and the node neither voted nor "
    + "followed meanwhile. Nothing that it promised is lost. Look at the disk and at the system's log, and start the "
    + "node again.");
