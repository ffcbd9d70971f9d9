using System.Data.Common;
using System.Globalization;

namespace Ledger.Node.Records;

/// <summary>
/// Finds what leads to records without opening them: what is to be erased need not be readable. Used under its
/// connection's lock.
/// </summary>
internal sealed class LocatorSearch : IDisposable
{
    /// <summary>Locators of one page: some 300 kB, and a short hold of the connection.</summary>
    public const int PageMax = 10_000;

    private readonly PreparedStatement byId;
    private readonly PreparedStatement ofActor;

    public LocatorSearch(DbConnection connection)
    {
        byId = new PreparedStatement(
            connection, "SELECT r.sequence, r.key_version, r.hashed_id FROM records r WHERE r.id = @id", "@id");
        ofActor = new PreparedStatement(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT k.holder, r.key_version, r.hashed_id FROM search_keys k CROSS JOIN records r
                WHERE k.key = @key AND k.holder > @after AND r.sequence = k.holder ORDER BY k.holder LIMIT {PageMax}
                """),
            "@key", "@after");
    }

    /// <summary>The record of an id, or null.</summary>
    public RecordLocator? Find(SearchKey id) =>
        Read(byId.Rows(null, id.ToArray())) is [(_, { } only)] ? only : null;

    /// <summary>Records of an account beyond a number, in the order of numbers, a page of them.</summary>
    public IReadOnlyList<(long Sequence, RecordLocator Locator)> Of(SearchKey actor, long after) =>
        Read(ofActor.Rows(null, actor.ToArray(), after));

    public void Dispose()
    {
        byId.Dispose();
        ofActor.Dispose();
    }

    private static List<(long Sequence, RecordLocator Locator)> Read(DbDataReader rows)
    {
        using (rows)
        {
            List<(long, RecordLocator)> found = [];
            while (rows.Read())
            {
                found.Add((
                    rows.GetInt64(0),
                    new RecordLocator(
                        checked((uint)rows.GetInt64(1)), HashedId.Read(rows.GetFieldValue<byte[]>(2)))));
            }

            return found;
        }
    }
}
