using System.Runtime.InteropServices;

namespace NSec.Cryptography.Interop;

/// <summary>
/// Memory for secrets: locked, between guard pages, outside the managed heap so that no collection copies it. libsodium
/// overwrites it with zeros when it is freed.
/// </summary>
internal sealed unsafe class SecureMemory : SafeHandle
{
    private SecureMemory(nint memory, int size)
        : base(nint.Zero, ownsHandle: true)
    {
        SetHandle(memory);
        Size = size;
    }

    /// <summary>The size in bytes.</summary>
    internal int Size { get; }

    public override bool IsInvalid => handle == nint.Zero;

    internal static SecureMemory Allocate(int size)
    {
        LibsodiumLibrary.EnsureReady();
        nint memory = Libsodium.sodium_malloc((nuint)size);
        return memory == nint.Zero
            ? throw new OutOfMemoryException("The system maps no more memory for a secret; see vm.max_map_count.")
            : new SecureMemory(memory, size);
    }

    internal static SecureMemory CopyOf(ReadOnlySpan<byte> secret)
    {
        SecureMemory memory = Allocate(secret.Length);
        secret.CopyTo(new Span<byte>((void*)memory.handle, memory.Size));
        return memory;
    }

    /// <summary>Copies the first bytes of the secret, as many as the destination has room for.</summary>
    /// <exception cref="ObjectDisposedException">The secret was disposed of.</exception>
    internal void CopyTo(Span<byte> destination)
    {
        bool isHeld = false;
        try
        {
            DangerousAddRef(ref isHeld);
            new ReadOnlySpan<byte>((void*)handle, Size)[..destination.Length].CopyTo(destination);
        }
        finally
        {
            if (isHeld)
            {
                DangerousRelease();
            }
        }
    }

    protected override bool ReleaseHandle()
    {
        Libsodium.sodium_free(handle);
        return true;
    }
}
