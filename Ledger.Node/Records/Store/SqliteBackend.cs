using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records;

/// <summary>A record store in one SQLite file, with a write-ahead log.</summary>
public sealed class SqliteBackend : IRecordBackend
{
    /// <summary>
    /// Pages of the log from which on the writer moves them itself: 1 GiB, four times what is left to the mover.
    /// </summary>
    private const int LogPagesOfWriter = 262_144;

    /// <summary>
    /// Pages of the log that the mover lets it have: 256 MiB, seconds of the fastest intake, which a restart reads.
    /// </summary>
    private const long LogPagesOfMover = 65_536;

    private static readonly TimeSpan BetweenMoves = TimeSpan.FromSeconds(3);

    private readonly string path;

    /// <summary>A file, which is made when there is none.</summary>
    public SqliteBackend(string path)
    {
        this.path = path;
    }

    /// <inheritdoc/>
    public string Name => $"the file {path}";

    /// <inheritdoc/>
    public DbConnection OpenWriter()
    {
        SqliteConnection writer = RecordDatabase.OpenWriter(path);
        // Whole pages that are free are not overwritten one by one: what is erased is gone when the file is written
        // anew.
        RecordDatabase.Execute(
            writer,
            FormattableString.Invariant(
                $"PRAGMA secure_delete = FAST; PRAGMA wal_autocheckpoint = {LogPagesOfWriter};"));
        return writer;
    }

    /// <inheritdoc/>
    public IDisposable? TakeCare(Action<Action> whileNobodyWrites) =>
        new SqliteLogMover(
            whileNobodyWrites, RecordDatabase.OpenWriter(path), BetweenMoves, LogPagesOfMover);

    /// <inheritdoc/>
    public DbConnection OpenReader() => RecordDatabase.OpenReader(path);

    /// <inheritdoc/>
    public void Reopen(DbConnection connection, bool writes) =>
        throw new RecordStoreException($"The record store in {path} is closed. Start the node again.");

    /// <inheritdoc/>
    public string Translate(string tables) => tables;

    /// <inheritdoc/>
    public long Version(DbConnection writer, DbTransaction transaction) =>
        (long)RecordDatabase.Scalar(writer, transaction, "PRAGMA user_version")!;

    /// <inheritdoc/>
    public bool Scrub(DbConnection writer) => RecordDatabase.Scrub(writer);

    /// <inheritdoc/>
    public void SetVersion(DbConnection writer, DbTransaction transaction, long version) =>
        RecordDatabase.Execute(
            writer, transaction, FormattableString.Invariant($"PRAGMA user_version = {version}"));
}
