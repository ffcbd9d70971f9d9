namespace Ledger.Contracts.Registrar;

/// <summary>How much about seats and revocations can be open at a time, and for how long.</summary>
public static class SeatLimits
{
    /// <summary>
    /// Proposals of one member that are not settled: a rotation, a change and its correction, and one more. A limit for
    /// each member, so that one cannot keep the others from proposing.
    /// </summary>
    public const int ProposalsMax = 4;

    /// <summary>
    /// How long a ballot about seats or a revocation is open, in ms of block time: members must meet and sign.
    /// </summary>
    public const long BallotMs = 30L * 24 * 60 * 60 * 1000;

    /// <summary>
    /// How long after its approval, in ms of block time, a change can be activated: a new institution sets its machines
    /// up meanwhile. Its members' circumstances are others after that.
    /// </summary>
    public const long ActivationMs = 30L * 24 * 60 * 60 * 1000;
}
