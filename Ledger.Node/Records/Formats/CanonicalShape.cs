using System.Buffers;
using System.Text;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// The format <c>canonical</c>: activities with all that the store knows of them, and of each map of languages the one
/// that the reader likes best.
/// </summary>
internal sealed class CanonicalShape : StatementShape
{
    private static readonly string[] Components = ["choices", "scale", "source", "steps", "target"];

    private readonly LanguagePreference languages;
    private readonly Func<string, ReadOnlyMemory<byte>?> definitions;

    /// <summary>For a reader of languages; definitions are found by the activity's IRI.</summary>
    public CanonicalShape(LanguagePreference languages, Func<string, ReadOnlyMemory<byte>?> definitions)
    {
        this.languages = languages;
        this.definitions = definitions;
    }

    /// <inheritdoc/>
    protected override void WriteActor(JsonCursor actor, IBufferWriter<byte> output) =>
        CanonicalJson.Write(actor, output);

    /// <inheritdoc/>
    protected override void WriteVerb(JsonCursor verb, IBufferWriter<byte> output) => WriteObject(
        verb,
        output,
        member =>
        {
            if (member.Name == "display")
            {
                WriteOneLanguage(member, output);
            }
            else
            {
                CanonicalJson.Write(member, output);
            }
        });

    /// <inheritdoc/>
    protected override void WriteActivity(JsonCursor activity, IBufferWriter<byte> output)
    {
        string id = FieldRules.Required(activity, "id").Text;
        output.Write("{"u8);
        if (definitions(id) is { } definition)
        {
            output.Write("\"definition\":"u8);
            WriteDefinition(JsonTree.Parse(definition.Span).Root, output);
            output.Write(","u8);
        }

        output.Write("\"id\":"u8);
        CanonicalJson.WriteString(Encoding.UTF8.GetBytes(id), output);
        output.Write(",\"objectType\":\"Activity\"}"u8);
    }

    private void WriteDefinition(JsonCursor definition, IBufferWriter<byte> output) => WriteObject(
        definition,
        output,
        member =>
        {
            if (member.Name is "name" or "description")
            {
                WriteOneLanguage(member, output);
            }
            else if (Components.Contains(member.Name, StringComparer.Ordinal))
            {
                WriteArray(member, output, component => WriteComponent(component, output));
            }
            else
            {
                CanonicalJson.Write(member, output);
            }
        });

    private void WriteComponent(JsonCursor component, IBufferWriter<byte> output) => WriteObject(
        component,
        output,
        member =>
        {
            if (member.Name == "description")
            {
                WriteOneLanguage(member, output);
            }
            else
            {
                CanonicalJson.Write(member, output);
            }
        });

    private void WriteOneLanguage(JsonCursor map, IBufferWriter<byte> output)
    {
        string? chosen = languages.Choose(map);
        WriteObject(map, output, member => member.Name == chosen, member => CanonicalJson.Write(member, output));
    }
}
