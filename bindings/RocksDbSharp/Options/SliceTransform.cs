using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>What of a key is its prefix.</summary>
public class SliceTransform
{
    private SliceTransform(ulong length) => Length = length;

    internal ulong Length { get; }

    /// <summary>The first bytes of a key, as many as said; a shorter key has no prefix.</summary>
    public static SliceTransform CreateFixedPrefix(ulong fixed_prefix_length) => new(fixed_prefix_length);
}
