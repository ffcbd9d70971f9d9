using Ledger.Node.Anchoring;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Node.Tests.Anchoring;

public sealed class RoundGuardTests
{
    private CountingLogger log = null!;

    [SetUp]
    public void Start() => log = new CountingLogger();

    [Test]
    public void A_failing_disk_ends_the_round_and_the_next_one_runs()
    {
        RoundGuard guard = new(log);
        int rounds = 0;

        guard.Run(() => throw new IOException("disk full"));
        guard.Run(() => throw new SqliteException("locked", 5));
        guard.Run(() => throw new StorageFailedException("gone", new IOException()));
        guard.Run(() => throw new NpgsqlException("the server restarts"));
        guard.Run(() => throw new RecordStoreException("another process has the lock"));
        guard.Run(() => throw new DamagedDataException("blocks", [1], "a bit", null));
        guard.Run(() => throw new SealDamagedException("a changed byte"));
        guard.Run(() => rounds++);

        Assert.That(rounds, Is.EqualTo(1));
        Assert.That(log.Entries, Is.EqualTo(7));
    }

    [Test]
    public void The_same_failure_is_told_once_until_it_is_over()
    {
        RoundGuard guard = new(log);

        guard.Run(() => throw new IOException("disk full"));
        guard.Run(() => throw new IOException("disk full"));
        Assert.That(log.Entries, Is.EqualTo(1));
        guard.Run(() => { });
        guard.Run(() => throw new IOException("disk full"));

        Assert.That(log.Entries, Is.EqualTo(2));
    }

    [Test]
    public void A_broken_invariant_passes_through() => Assert.Throws<InvariantException>(
        () => new RoundGuard(log).Run(() => Invariant.That(false, "what must hold")));

    private sealed class CountingLogger : ILogger
    {
        public int Entries { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Entries++;
    }
}
