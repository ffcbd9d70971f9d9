using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>What queries are put together of: conditions whose values are always parameters.</summary>
internal static class QueryText
{
    /// <summary>Adds a condition to those before it; none where there is no value.</summary>
    /// <param name="command">Gets the value.</param>
    /// <param name="sql">Gets the condition.</param>
    /// <param name="comparison">A column and an operator.</param>
    /// <param name="value">What is compared with; null narrows nothing.</param>
    public static void Narrow(DbCommand command, StringBuilder sql, string comparison, object? value)
    {
        if (value is not null)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND {comparison} {Parameter(command, value)}");
        }
    }

    /// <summary>
    /// Narrows numbers to those above one and up to another, and beyond where the page before ended. There is one bound
    /// on each side: of two, SQLite seeks by the first alone.
    /// </summary>
    public static void NarrowRange(
        DbCommand command,
        StringBuilder sql,
        string number,
        (long? Above, long? UpTo) bounds,
        long? after,
        bool ascending)
    {
        Narrow(command, sql, $"{number} >", ascending ? Greater(bounds.Above, after) : bounds.Above);
        Narrow(command, sql, $"{number} <", ascending ? bounds.UpTo + 1 : Lesser(bounds.UpTo + 1, after));
    }

    /// <summary>Adds a value, and returns the name under which the text refers to it.</summary>
    public static string Parameter(DbCommand command, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@q{command.Parameters.Count}");
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }

    private static long? Greater(long? one, long? other) => one is null || other > one ? other : one;

    private static long? Lesser(long? one, long? other) => one is null || other < one ? other : one;
}
