using Ledger.Client.Keys;
using Ledger.Node.Peers;
using Ledger.Node.Tests.Records;
using Ledger.Primitives;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Peers;

public sealed class PeerClocksTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Address[] peers = [.. Enumerable.Range(0, 3).Select(_ =>
    {
        using SigningKey key = SigningKey.Create();
        return key.Address;
    })];

    private readonly ManualClock clock = new();
    private readonly Lines lines = new();

    [Test]
    public void A_node_whose_clock_most_peers_contradict_says_so_once()
    {
        lines.Clear();
        PeerClocks clocks = new(clock, lines);

        Array.ForEach(peers, peer => Note(clocks, peer, -Hour));

        Assert.That(clocks.Ahead, Is.EqualTo(Hour));
        Assert.That(lines, Has.Count.EqualTo(1));
        Assert.That(lines[0], Does.Contain("3600.0 s ahead of"));
    }

    [Test]
    public void One_peer_alone_accuses_nobody()
    {
        lines.Clear();
        PeerClocks clocks = new(clock, lines);

        Note(clocks, peers[0], Hour);
        Note(clocks, peers[1], TimeSpan.Zero);
        Note(clocks, peers[2], TimeSpan.Zero);

        Assert.That(clocks.Ahead, Is.EqualTo(TimeSpan.Zero));
        Assert.That(lines, Is.Empty);
    }

    [Test]
    public void A_clock_that_is_set_right_is_told_of_too()
    {
        lines.Clear();
        PeerClocks clocks = new(clock, lines);
        Array.ForEach(peers, peer => Note(clocks, peer, Hour));

        Array.ForEach(peers, peer => Note(clocks, peer, TimeSpan.FromMilliseconds(3)));

        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines[0], Does.Contain("behind"));
        Assert.That(lines[1], Does.Contain("again"));
    }

    [TestCase(0)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    public void A_time_that_is_none_is_not_taken(long time)
    {
        PeerClocks clocks = new(clock, lines);

        Array.ForEach(peers, peer => clocks.Note(peer, clock.Now, time));

        Assert.That(clocks.Ahead, Is.EqualTo(TimeSpan.Zero));
    }

    private void Note(PeerClocks clocks, Address peer, TimeSpan offset) =>
        clocks.Note(peer, clock.Now, (clock.Now + offset).ToUnixTimeMilliseconds());

    /// <summary>A log that keeps its lines.</summary>
    private sealed class Lines : List<string>, ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Add(formatter(state, exception));
    }
}
