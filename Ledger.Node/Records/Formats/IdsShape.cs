using System.Buffers;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>The format <c>ids</c>: of actors, verbs and activities only what identifies them.</summary>
internal sealed class IdsShape : StatementShape
{
    /// <summary>There is but one.</summary>
    public static IdsShape Instance { get; } = new();

    private IdsShape()
    {
    }

    /// <inheritdoc/>
    protected override void WriteActor(JsonCursor actor, IBufferWriter<byte> output)
    {
        bool isAnonymous = ActorRules.KeyOf(actor) is null;
        WriteObject(
            actor,
            output,
            member => member.Name is not "name" && (isAnonymous || member.Name is not "member"),
            member =>
            {
                if (member.Name == "member")
                {
                    WriteArray(member, output, one => WriteActor(one, output));
                }
                else
                {
                    CanonicalJson.Write(member, output);
                }
            });
    }

    /// <inheritdoc/>
    protected override void WriteVerb(JsonCursor verb, IBufferWriter<byte> output) => WriteObject(
        verb, output, static member => member.Name == "id", member => CanonicalJson.Write(member, output));

    /// <inheritdoc/>
    protected override void WriteActivity(JsonCursor activity, IBufferWriter<byte> output) => WriteObject(
        activity,
        output,
        static member => member.Name is "id",
        member => CanonicalJson.Write(member, output));
}
