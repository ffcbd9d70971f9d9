using System.Buffers;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// The format <c>exact</c>: everything as it came, but that a list of context activities is a list even where the
/// client sent its one element alone (xAPI 1.0.3, part 2, 2.4.6.2).
/// </summary>
internal sealed class ExactShape : StatementShape
{
    /// <summary>There is but one.</summary>
    public static ExactShape Instance { get; } = new();

    private ExactShape()
    {
    }

    /// <summary>Whether this shape could change a statement: most have no such list.</summary>
    public static bool Concerns(ReadOnlySpan<byte> committed) => committed.IndexOf("\"contextActivities\""u8) >= 0;

    /// <inheritdoc/>
    protected override void WriteActor(JsonCursor actor, IBufferWriter<byte> output) =>
        CanonicalJson.Write(actor, output);

    /// <inheritdoc/>
    protected override void WriteVerb(JsonCursor verb, IBufferWriter<byte> output) => CanonicalJson.Write(verb, output);

    /// <inheritdoc/>
    protected override void WriteActivity(JsonCursor activity, IBufferWriter<byte> output) =>
        CanonicalJson.Write(activity, output);
}
