namespace Ledger.Node.Tests.Gossip;

/// <summary>A clock that stands still, and does something once when it is asked.</summary>
internal sealed class AskedClock(long unixMs) : TimeProvider
{
    public Action? OnAsked { get; set; }

    public override DateTimeOffset GetUtcNow()
    {
        Action? asked = OnAsked;
        OnAsked = null;
        asked?.Invoke();
        return DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
    }
}
