using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records;

/// <summary>A record store in one SQLite file, with a write-ahead log.</summary>
public sealed class SqliteBackend : IRecordBackend
{
    private readonly string path;

    /// <summary>A file, which is made when there is none.</summary>
    public SqliteBackend(string path)
    {
        this.path = path;
    }

    /// <inheritdoc/>
    public string Name => $"the file {path}";

    /// <inheritdoc/>
    public DbConnection OpenWriter() => RecordDatabase.OpenWriter(path);

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
