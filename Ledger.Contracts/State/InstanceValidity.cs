using Ledger.Contracts.Protos;

namespace Ledger.Contracts.State;

/// <summary>
/// Whether an instance held at a height, told from the instance alone: instances are closed and never written over, so
/// that the newest state answers for every height before it. Rule T-3 of the protocol.
/// </summary>
public static class InstanceValidity
{
    /// <summary>What the instance was in the state after the block of that height and time.</summary>
    /// <param name="interval">The instance's interval.</param>
    /// <param name="height">The height asked for.</param>
    /// <param name="timeUnixMs">The time of its block, in ms since 1970-01-01 UTC.</param>
    public static Validity At(Interval interval, ulong height, long timeUnixMs)
    {
        if (interval.FromHeight > height)
        {
            return Validity.NotYet;
        }

        bool isClosed = interval.ToHeight != 0 && interval.ToHeight <= height;

        // The end time alone decides: a block closes what is due when it comes to it.
        bool isOver = interval.EndUnixMs != 0 && interval.EndUnixMs <= timeUnixMs;
        return isClosed || isOver ? Validity.Ended : Validity.Valid;
    }
}
