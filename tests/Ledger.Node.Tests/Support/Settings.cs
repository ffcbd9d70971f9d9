using Ledger.Node.Configuration;

namespace Ledger.Node.Tests.Support;

/// <summary>Settings of a node that is never started: only its folders matter.</summary>
internal static class Settings
{
    public static NodeConfiguration Of(string home) => new()
    {
        Home = home,
        Name = "North",
        Domain = "north.example",
        PeerListen = "127.0.0.1:1",
        ApiListen = "127.0.0.1:2",
        LrsListen = "127.0.0.1:3",
    };
}
