using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>The answer of the safety rules.</summary>
public abstract record SafetyDecision
{
    private SafetyDecision()
    {
    }

    /// <summary>Nothing may be signed.</summary>
    public sealed record Refused(RefusalReason Reason) : SafetyDecision;

    /// <summary>
    /// <paramref name="Body"/> may be signed, by its <paramref name="Digest"/>, once <paramref name="State"/> is
    /// durable. The state is the same object as before when this message was signed already, or is advice.
    /// </summary>
    public sealed record Allowed(VoteState State, byte[] Body, Hash256 Digest) : SafetyDecision;
}
