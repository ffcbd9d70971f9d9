using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// The database behind a record store. Everything above is written once, in the SQL that the databases share; what
/// they do not share is here. One store at a time writes to a database.
/// </summary>
public interface IRecordBackend
{
    /// <summary>The database in a word and where it is, without secrets.</summary>
    string Name { get; }

    /// <summary>
    /// Opens the one connection that writes. What it commits survives a power cut. Throws
    /// <see cref="RecordStoreException"/> when another store writes to the database.
    /// </summary>
    DbConnection OpenWriter();

    /// <summary>Opens a connection that only reads, and does not wait for the writer.</summary>
    DbConnection OpenReader();

    /// <summary>
    /// Begins what the database wants done beside the writer, until it is disposed; null for nothing. What is given
    /// runs an action while nobody writes.
    /// </summary>
    IDisposable? TakeCare(Action<Action> whileNobodyWrites);

    /// <summary>Makes a connection usable again after the database was away, with what belongs to opening it.</summary>
    void Reopen(DbConnection connection, bool writes);

    /// <summary>The statements that make the tables, in the words of this database.</summary>
    string Translate(string tables);

    /// <summary>The format's version that the database bears; 0 for an empty one.</summary>
    long Version(DbConnection writer, DbTransaction transaction);

    /// <summary>
    /// Writes the tables anew, so that no file holds what was deleted; nobody else uses the database meanwhile. False
    /// where another connection kept it from doing so: it is to be asked again.
    /// </summary>
    bool Scrub(DbConnection writer);

    /// <summary>Writes the format's version down.</summary>
    void SetVersion(DbConnection writer, DbTransaction transaction, long version);
}
