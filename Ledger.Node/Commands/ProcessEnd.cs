using System.Runtime.InteropServices;

namespace Ledger.Node.Commands;

/// <summary>
/// Ends the process here and now, without the tidying of libraries: that of the database waits for its own threads, of
/// which one may never come back.
/// </summary>
internal static class ProcessEnd
{
    private delegate void ExitAtOnce(int code);

    /// <summary>Standard error may be a pipe that nobody reads, and the disk may not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Ends the process in this way if it has not ended by itself until then.</summary>
    public static void After(TimeSpan wait, string why, int exitCode)
    {
        Thread waiting = new(() =>
        {
            Thread.Sleep(wait);
            Now(why, exitCode);
        }) { IsBackground = true };
        waiting.Start();
    }

    /// <summary>Says why, deletes a file if it can, and ends. Does not return.</summary>
    public static void Now(string why, int exitCode, string? file = null)
    {
        Thread last = new(() => Conclude(why, file)) { IsBackground = true };
        last.Start();
        last.Join(Patience);
        nint exit = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_exit");
        Marshal.GetDelegateForFunctionPointer<ExitAtOnce>(exit)(exitCode);
    }

    private static void Conclude(string why, string? file)
    {
        try
        {
            Console.Error.WriteLine(why);
            if (file is not null)
            {
                File.Delete(file);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It ends all the same.
        }
    }
}
