using System.Data.Common;
using System.Globalization;

namespace Ledger.Node.Records;

/// <summary>
/// Records that an older format left without an index. They are entered before the store opens, a page in a
/// transaction: a stop in the middle loses one page of work.
/// </summary>
internal static class RecordBacklog
{
    /// <summary>Records of one transaction.</summary>
    private const int Page = 500;

    /// <summary>Enters all of them.</summary>
    public static void WorkOff(StoreSession session, StatementIndex index)
    {
        using PreparedStatement page = new(
            session.Connection,
            $"""
            SELECT {RecordRow.Columns} FROM records r
            WHERE r.sequence >= (SELECT next FROM backlog) ORDER BY r.sequence LIMIT {Page}
            """);
        using PreparedStatement before = new(
            session.Connection,
            "SELECT stored_ms FROM records WHERE sequence < @sequence ORDER BY sequence DESC LIMIT 1",
            "@sequence");
        using PreparedStatement lift = new(
            session.Connection,
            "UPDATE records SET stored_ms = @stored WHERE sequence = @sequence",
            "@stored", "@sequence");
        using PreparedStatement advance = new(session.Connection, "UPDATE backlog SET next = @next", "@next");
        using PreparedStatement finish = new(session.Connection, "DELETE FROM backlog");
        while (session.Write(Next))
        {
        }

        bool Next(DbTransaction transaction)
        {
            IReadOnlyList<StoredRecord> older = RecordRow.ReadAll(page.Rows(transaction));
            if (older.Count == 0)
            {
                finish.Run(transaction);
                return false;
            }

            long floor = Convert.ToInt64(
                before.Scalar(transaction, older[0].Sequence) ?? 0L, CultureInfo.InvariantCulture);
            foreach (StoredRecord record in older)
            {
                // A clock that was set back had left times in disorder; records were stored in the order of numbers.
                long stored = record.Stored.ToUnixTimeMilliseconds();
                if (stored < floor)
                {
                    lift.Run(transaction, floor, record.Sequence);
                }

                floor = Math.Max(floor, stored);
            }

            index.Enter(transaction, older);
            advance.Run(transaction, older[^1].Sequence + 1);
            return true;
        }
    }
}
