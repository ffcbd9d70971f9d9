using System.Runtime.InteropServices;
using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>An error that RocksDB reported, in its own words: "IO error: …" or "Corruption: …".</summary>
public class RocksDbException : RocksDbSharpException
{
    /// <summary>Takes over the text of an error and frees it.</summary>
    /// <param name="errptr">A zero-terminated UTF-8 text that RocksDB allocated.</param>
    public RocksDbException(IntPtr errptr)
        : base(TakeText(errptr))
    {
    }

    private static string TakeText(nint error)
    {
        string? text = Marshal.PtrToStringUTF8(error);
        RocksDbNative.rocksdb_free(error);
        return text ?? string.Empty;
    }
}
