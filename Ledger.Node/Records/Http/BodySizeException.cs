namespace Ledger.Node.Records;

/// <summary>A body is longer than its sender may send.</summary>
/// <param name="bytesMax">The most bytes that it may have.</param>
internal sealed class BodySizeException(int bytesMax) : Exception("The body is too long.")
{
    /// <summary>The most bytes that the body may have.</summary>
    public int BytesMax { get; } = bytesMax;
}
