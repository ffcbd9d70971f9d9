using Ledger.Node.Storage;

namespace Ledger.Node.Integrity;

/// <summary>Reads a whole column, so that every block of its files is checksummed, and counts.</summary>
public static class ColumnCount
{
    /// <summary>How many entries there are, or null where reading ended early.</summary>
    public static long? Of(LedgerDatabase database, string column, DamageArea area, IntegrityReport report)
    {
        try
        {
            long count = 0;
            foreach (KeyValuePair<byte[], byte[]> _ in database.Scan(column, []))
            {
                count++;
            }

            report.Entries[column] = count;
            return count;
        }
        catch (DamagedDataException problem)
        {
            report.Add(area, "column", problem.Message);
            return null;
        }
    }
}
