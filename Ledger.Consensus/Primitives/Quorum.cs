namespace Ledger.Primitives;

/// <summary>How many of n may be faulty, and how many of n must agree. Rule Q-1 of the protocol.</summary>
public static class Quorum
{
    /// <summary>f = floor((n - 1) / 3).</summary>
    public static int FaultyMax(int members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        return (members - 1) / 3;
    }

    /// <summary>q = ceil((n + f + 1) / 2): two quorums share more than f members, and q never exceeds n - f.</summary>
    public static int Size(int members) => (members + FaultyMax(members) + 2) / 2;
}
