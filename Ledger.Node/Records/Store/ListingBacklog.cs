using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// Records that an older format left out of the index for lists. They are entered before the store opens, a page in a
/// transaction: a stop in the middle loses one page of work.
/// </summary>
internal static class ListingBacklog
{
    /// <summary>Records of one transaction: three short rows each.</summary>
    private const int Page = 5_000;

    /// <summary>Enters all of them.</summary>
    public static void WorkOff(StoreSession session, ListingIndex index)
    {
        using PreparedStatement page = new(
            session.Connection,
            $"""
            SELECT sequence, actor, verb FROM records
            WHERE sequence >= (SELECT next FROM listing_backlog) ORDER BY sequence LIMIT {Page}
            """);
        using PreparedStatement advance = new(
            session.Connection, "UPDATE listing_backlog SET next = @next", "@next");
        using PreparedStatement finish = new(session.Connection, "DELETE FROM listing_backlog");
        while (session.Write(Next))
        {
        }

        bool Next(DbTransaction transaction)
        {
            List<(long Sequence, string ActorKey, string VerbIri)> older = [];
            using (DbDataReader rows = page.Rows(transaction))
            {
                while (rows.Read())
                {
                    older.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
                }
            }

            if (older.Count == 0)
            {
                finish.Run(transaction);
                return false;
            }

            index.Enter(transaction, older);
            advance.Run(transaction, older[^1].Sequence + 1);
            return true;
        }
    }
}
