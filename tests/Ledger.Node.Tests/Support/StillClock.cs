namespace Ledger.Node.Tests.Support;

/// <summary>A clock on which nothing takes time.</summary>
internal sealed class StillClock : TimeProvider
{
    public override long GetTimestamp() => 0;
}
