namespace Ledger.Node.Agreement;

/// <summary>Work for the kernel's thread, which does one piece at a time.</summary>
public interface IKernelQueue
{
    /// <summary>Queues work, from any thread. Never waits.</summary>
    void Post(Action work);

    /// <summary>
    /// Work for after a time, in whole milliseconds; it takes the place of what was to come later before. Called on the
    /// kernel's thread.
    /// </summary>
    void PostLater(TimeSpan wait, Action work);
}
