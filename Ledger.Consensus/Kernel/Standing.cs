namespace Ledger.Consensus;

/// <summary>Whether a process votes, and if not, why.</summary>
public enum Standing
{
    /// <summary>It has no seat at the height in flight, or not the seat's key: it follows.</summary>
    Observer = 1,

    /// <summary>It has a seat and waits for q validators to say what they have seen of its key (S-9).</summary>
    Waiting = 2,

    /// <summary>It votes.</summary>
    Voting = 3,

    /// <summary>
    /// Its key was used elsewhere or for more than it remembers: it follows until its operator acts (S-8).
    /// </summary>
    Stopped = 4,
}
