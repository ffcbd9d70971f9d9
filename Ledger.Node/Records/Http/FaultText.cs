using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Ledger.Node.Records;

/// <summary>
/// What a log may hold of a fault: what it is and where it happened. What went wrong with a value is told by messages
/// that quote it, and the values here are people's: names, addresses, what they wrote.
/// </summary>
internal static class FaultText
{
    /// <summary>Frames that are shown: where it happened, and how it came there.</summary>
    private const int FramesMax = 12;

    /// <summary>One line of a fault and what caused it.</summary>
    public static string Of(Exception fault)
    {
        List<string> kinds = [];
        for (Exception? one = fault; one is not null; one = one.InnerException)
        {
            kinds.Add(Kind(one));
        }

        IEnumerable<string> frames = new StackTrace(fault).GetFrames().Take(FramesMax).Select(Place);
        return $"{string.Join(" < ", kinds)} at {string.Join(" < ", frames)}";
    }

    // Of these messages it is known that they speak of connections and files, not of what was sent.
    private static string Kind(Exception fault) => fault switch
    {
        PostgresException server => $"{nameof(PostgresException)} {server.SqlState}",
        NpgsqlException or SqliteException or SocketException or RecordStoreException =>
            $"{fault.GetType().Name} ({fault.Message})",
        DbException database => $"{database.GetType().Name} {database.SqlState}",
        _ => fault.GetType().FullName!,
    };

    private static string Place(StackFrame frame) =>
        DiagnosticMethodInfo.Create(frame) is { } method ? $"{method.DeclaringTypeName}.{method.Name}" : "?";
}
