using System.Reflection;

namespace Ledger.Fuzz;

/// <summary>A decoder, or a few that belong together, with valid samples to start from.</summary>
internal sealed record FuzzTarget
{
    /// <summary>
    /// Bytes that a decoder may allocate for each byte of input: a protobuf message of two bytes becomes an object with
    /// its place in a list, and each decoder reads an input a few times over to check it.
    /// </summary>
    public const int AllocatedPerByteMax = 1024;

    /// <summary>
    /// What a decoder may allocate for an input without bytes: messages of exceptions, buffers of readers.
    /// </summary>
    public const int AllocatedFixedMax = 256 * 1024;

    /// <summary>By which it is chosen; lower case with hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>How inputs are made.</summary>
    public required InputKind Kind { get; init; }

    /// <summary>Valid inputs, made by the project's own builders.</summary>
    public required IReadOnlyList<byte[]> Samples { get; init; }

    /// <summary>Begins a run.</summary>
    public required Func<IFuzzSession> Open { get; init; }

    /// <summary>The decoders that it meets.</summary>
    public required IReadOnlyList<Decoder> Covers { get; init; }

    /// <summary>
    /// How many times fewer inputs a run gives it; above 1 only where one input costs far more than decoding.
    /// </summary>
    public int CostFactor { get; init; } = 1;

    /// <summary>What a decoder may allocate besides; for one that opens files or keeps what it accepts.</summary>
    public int AllocatedFixed { get; init; } = AllocatedFixedMax;

    /// <summary>The overloads of a name that a type declares, whatever their visibility.</summary>
    public IEnumerable<MethodInfo> Methods() => Covers.SelectMany(static one => one.Type.GetMethods(
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
            | BindingFlags.DeclaredOnly).Where(method => method.Name == one.Method));

    /// <summary>How many inputs it gets of a run that gives <paramref name="inputs"/> to each.</summary>
    public long Share(long inputs) => Math.Max(1, inputs / CostFactor);
}
