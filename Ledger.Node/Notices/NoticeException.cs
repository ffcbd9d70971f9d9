namespace Ledger.Node.Notices;

/// <summary>A notice was not taken. The text is logged, and so names neither the learner nor the address.</summary>
/// <param name="message">Why not.</param>
/// <param name="cause">What caused it.</param>
public sealed class NoticeException(string message, Exception? cause = null) : Exception(message, cause)
{
}
