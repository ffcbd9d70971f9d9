namespace Ledger.Client.Verification;

/// <summary>What a step of a verification found.</summary>
public enum Verdict
{
    /// <summary>It holds.</summary>
    Passed = 0,

    /// <summary>It cannot be told from what is at hand.</summary>
    Unknown = 1,

    /// <summary>It does not hold: the proof is worth nothing.</summary>
    Failed = 2,
}
