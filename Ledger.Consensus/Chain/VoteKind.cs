namespace Ledger.Consensus;

/// <summary>The two phases that are decided by votes. The numbers are those of the wire format.</summary>
public enum VoteKind
{
    /// <summary>"I have executed this block and hold all of it."</summary>
    Prepare = 1,

    /// <summary>"I hold a certificate of q prepare votes for this block."</summary>
    Commit = 2,
}
