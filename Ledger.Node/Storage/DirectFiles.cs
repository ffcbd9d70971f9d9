using System.Runtime.InteropServices;
using Ledger.Primitives;

namespace Ledger.Node.Storage;

/// <summary>
/// Whether files of a folder can be written past the system's page cache. Some file systems cannot, and say so when
/// such a file is opened.
/// </summary>
internal static class DirectFiles
{
    private const string Library = "libc.so.6";
    private const string ProbeName = "direct-probe";
    private const int WriteOnly = 1;

    private delegate int OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    private delegate int CloseFile(int file);

    /// <summary>Tries it with a file of its own, which it removes again.</summary>
    public static bool AreSupported(string folder)
    {
        if (Flag() is not { } direct || !NativeLibrary.TryLoad(Library, out nint library))
        {
            return false;
        }

        string probe = Path.Combine(folder, ProbeName);
        File.WriteAllBytes(probe, []);
        int file = Function<OpenFile>(library, "open")(probe, WriteOnly | direct);
        bool areSupported = file >= 0;
        if (areSupported)
        {
            Invariant.That(Function<CloseFile>(library, "close")(file) == 0);
        }

        File.Delete(probe);
        return areSupported;
    }

    // Linux has a number of its own for O_DIRECT on each kind of processor.
    private static int? Flag() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 0x4000,
        Architecture.Arm64 => 0x10000,
        _ => null,
    };

    private static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
