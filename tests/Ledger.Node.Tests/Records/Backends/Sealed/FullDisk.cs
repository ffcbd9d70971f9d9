using System.Data.Common;
using Ledger.Node.Records;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>A database on a disk that has no room for its tables twice.</summary>
internal sealed class FullDisk(IRecordBackend database) : IRecordBackend
{
    private const int SqliteFull = 13;

    public string Name => database.Name;

    public DbConnection OpenWriter() => database.OpenWriter();

    public DbConnection OpenReader() => database.OpenReader();

    public IDisposable? TakeCare(Action<Action> whileNobodyWrites) => database.TakeCare(whileNobodyWrites);

    public void Reopen(DbConnection connection, bool writes) => database.Reopen(connection, writes);

    public string Translate(string tables) => database.Translate(tables);

    public long Version(DbConnection writer, DbTransaction transaction) => database.Version(writer, transaction);

    public bool Scrub(DbConnection writer) => throw new SqliteException("database or disk is full", SqliteFull);

    public void SetVersion(DbConnection writer, DbTransaction transaction, long version) =>
        database.SetVersion(writer, transaction, version);
}
