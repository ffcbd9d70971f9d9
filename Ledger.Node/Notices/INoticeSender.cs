namespace Ledger.Node.Notices;

/// <summary>One way to tell a learner.</summary>
public interface INoticeSender
{
    /// <summary>
    /// Sends a notice to an address. Throws <see cref="NoticeException"/> where it was not taken; whether it arrived
    /// all the same is then not known.
    /// </summary>
    Task SendAsync(Notice notice, string address, CancellationToken cancellation);
}
