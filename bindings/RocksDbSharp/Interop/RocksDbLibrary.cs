using System.Reflection;
using System.Runtime.InteropServices;

namespace RocksDbSharp.Interop;

/// <summary>Finds the system's RocksDB and checks that it has what is needed.</summary>
internal static class RocksDbLibrary
{
    // The numbered names come first: only they are part of a distribution's run-time package. Debian's names, and those
    // of what derives from it, hold the minor version, too.
    internal static readonly string[] Names =
    [
        "librocksdb.so.7.8", "librocksdb.so.7", "librocksdb.so.8.9", "librocksdb.so.8",
        "librocksdb.so.9.10", "librocksdb.so.9", "librocksdb.so.10", "librocksdb.so",
        "librocksdb.dylib", "rocksdb.dll",
    ];

    private const string Remedy =
        "Debian 12: package librocksdb7.8, `apt-get install librocksdb7.8`; "
        + "Debian 13: package librocksdb9.10, `apt-get install librocksdb9.10`; "
        + "Ubuntu 24.04: package librocksdb8.9, `apt-get install librocksdb8.9`; "
        + "Fedora: package rocksdb, `dnf install rocksdb`; Alpine: package rocksdb, `apk add rocksdb`.";

    private static readonly Lock Gate = new();
    private static bool s_isReady;

    /// <summary>The functions that the interop files declare, by the names that the library exports.</summary>
    internal static IReadOnlyList<string> Symbols =>
        [.. typeof(RocksDbNative).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(method => method.Name).Where(name => name.StartsWith("rocksdb_", StringComparison.Ordinal))];

    /// <summary>Makes every function of <see cref="RocksDbNative"/> callable.</summary>
    /// <exception cref="DllNotFoundException">No library of a known name, or one without a needed symbol.</exception>
    internal static void EnsureReady()
    {
        if (!Volatile.Read(ref s_isReady))
        {
            Initialize();
        }
    }

    /// <summary>Loads the first library of the list that the system has, and checks its symbols.</summary>
    internal static nint Load(IReadOnlyList<string> names, IReadOnlyList<string> symbols)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                CheckSymbols(name, handle, symbols);
                return handle;
            }
        }

        throw new DllNotFoundException($"RocksDB was not found (tried {string.Join(", ", names)}). {Remedy}");
    }

    private static void CheckSymbols(string name, nint handle, IReadOnlyList<string> symbols)
    {
        string[] missing = [.. symbols.Where(symbol => !NativeLibrary.TryGetExport(handle, symbol, out _))];
        if (missing.Length > 0)
        {
            NativeLibrary.Free(handle);
            throw new DllNotFoundException($"{name} lacks {string.Join(", ", missing)}. {Remedy}");
        }
    }

    private static void Initialize()
    {
        lock (Gate)
        {
            if (s_isReady)
            {
                return;
            }

            nint handle = Load(Names, Symbols);
            NativeLibrary.SetDllImportResolver(
                Assembly.GetExecutingAssembly(), (name, _, _) => name == RocksDbNative.Name ? handle : nint.Zero);
            Volatile.Write(ref s_isReady, true);
        }
    }
}
