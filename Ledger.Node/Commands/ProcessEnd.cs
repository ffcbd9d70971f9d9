using System.Runtime.InteropServices;

namespace Ledger.Node.Commands;

/// <summary>
/// Ends the process here and now, without the tidying of libraries: that of the database waits for its own threads, of
/// which one may never come back.
/// </summary>
internal static class ProcessEnd
{
    private delegate void ExitAtOnce(int code);

    /// <summary>Standard error may be a pipe that nobody reads.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Says why, and ends. Does not return.</summary>
    public static void Now(string why, int exitCode)
    {
        Thread saying = new(() => Console.Error.WriteLine(why)) { IsBackground = true };
        saying.Start();
        saying.Join(Patience);
        nint exit = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_exit");
        Marshal.GetDelegateForFunctionPointer<ExitAtOnce>(exit)(exitCode);
    }
}
