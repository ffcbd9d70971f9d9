using Ledger.Primitives;

namespace Ledger.Node.Notices;

/// <summary>A notice that is to be sent: the same requests under the same id, however often it is tried.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Learner">Whom it is for.</param>
/// <param name="Channel">By which way.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Requests">What it tells of.</param>
public sealed record DueNotice(
    Guid Id, Address Learner, NoticeChannel Channel, int Attempts, IReadOnlyList<RequestName> Requests);
