using System.Runtime.InteropServices;

namespace RocksDbSharp.Interop;

/// <summary>
/// One object of RocksDB. It holds what it needs: whatever the order of disposal, a database is closed after
/// its iterators, snapshots and column families.
/// </summary>
internal sealed class NativeHandle : SafeHandle
{
    private readonly Action<nint, nint> _release;
    private readonly NativeHandle[] _owners;
    private readonly object? _needed;

    /// <summary>Takes over an object.</summary>
    /// <param name="value">The pointer that RocksDB gave.</param>
    /// <param name="release">Gives the object back; gets the first owner's pointer, or zero, and its own.</param>
    /// <param name="needed">A managed object that has to live as long, or null.</param>
    /// <param name="owners">Objects that are not released before this one.</param>
    internal NativeHandle(nint value, Action<nint, nint> release, object? needed, params NativeHandle[] owners)
        : base(nint.Zero, ownsHandle: true)
    {
        _release = release;
        _needed = needed;
        _owners = owners;
        foreach (NativeHandle owner in owners)
        {
            bool isHeld = false;
            owner.DangerousAddRef(ref isHeld);
        }

        SetHandle(value);
    }

    public override bool IsInvalid => handle == nint.Zero;

    /// <summary>The pointer, for a call that cannot take the handle; the caller keeps this alive.</summary>
    /// <exception cref="ObjectDisposedException">The object was disposed of.</exception>
    internal nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    protected override bool ReleaseHandle()
    {
        _release(_owners.Length == 0 ? nint.Zero : _owners[0].handle, handle);
        GC.KeepAlive(_needed);
        foreach (NativeHandle owner in _owners)
        {
            owner.DangerousRelease();
        }

        return true;
    }
}
