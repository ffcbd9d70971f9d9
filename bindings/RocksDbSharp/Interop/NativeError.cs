namespace RocksDbSharp.Interop;

/// <summary>RocksDB reports an error as a text in a pointer that the caller zeroed before.</summary>
internal static class NativeError
{
    /// <exception cref="RocksDbException">The pointer is not zero; its text is freed.</exception>
    internal static void ThrowIfSet(nint error)
    {
        if (error != nint.Zero)
        {
            throw new RocksDbException(error);
        }
    }
}
