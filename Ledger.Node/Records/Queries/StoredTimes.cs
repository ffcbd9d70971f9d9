using System.Data.Common;
using System.Globalization;

namespace Ledger.Node.Records;

/// <summary>
/// Turns bounds of time into bounds of numbers: times of storing rise with the numbers of records. Used under its
/// connection's lock.
/// </summary>
/// <param name="connection">A connection that reads.</param>
internal sealed class StoredTimes(DbConnection connection)
{
    /// <summary>
    /// Numbers above one and up to another, of what was stored after a time and at another or before; null for no
    /// bound.
    /// </summary>
    public (long? Above, long? UpTo) Bounds(DateTimeOffset? since, DateTimeOffset? until) => (
        since is { } after ? LastUpTo(after.ToUnixTimeMilliseconds()) : null,
        until is { } last ? LastUpTo(last.ToUnixTimeMilliseconds()) : null);

    /// <summary>The number of the last record that was stored at a time or before; 0 when there is none.</summary>
    private long LastUpTo(long storedMs)
    {
        using PreparedStatement last = new(connection, "SELECT coalesce(max(sequence), 0) FROM records");
        using PreparedStatement probe = new(
            connection,
            "SELECT sequence, stored_ms FROM records WHERE sequence <= @at ORDER BY sequence DESC LIMIT 1",
            "@at");
        long low = 0;
        long high = Convert.ToInt64(last.Scalar(null), CultureInfo.InvariantCulture);
        while (low < high)
        {
            using DbDataReader row = probe.Rows(null, low + ((high - low + 1) / 2));
            bool isThere = row.Read();
            if (!isThere || row.GetInt64(0) <= low)
            {
                low += (high - low + 1) / 2;
            }
            else if (row.GetInt64(1) <= storedMs)
            {
                low += (high - low + 1) / 2;
            }
            else
            {
                high = row.GetInt64(0) - 1;
            }
        }

        return low;
    }
}
