using System.Buffers;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Writes a statement in another shape than it has: it walks to actors, verbs and activities wherever they stand, and
/// what derives from it says how these are written. Everything else stays as it is.
/// </summary>
internal abstract class StatementShape
{
    /// <summary>Writes a statement, or a sub-statement.</summary>
    public void WriteStatement(JsonCursor statement, IBufferWriter<byte> output) => WriteObject(
        statement,
        output,
        member =>
        {
            switch (member.Name)
            {
                case "actor":
                    WriteActor(member, output);
                    break;
                case "verb":
                    WriteVerb(member, output);
                    break;
                case "object":
                    WriteTarget(member, output);
                    break;
                case "context":
                    WriteContext(member, output);
                    break;
                default:
                    CanonicalJson.Write(member, output);
                    break;
            }
        });

    /// <summary>Writes an agent or a group.</summary>
    protected abstract void WriteActor(JsonCursor actor, IBufferWriter<byte> output);

    /// <summary>Writes a verb.</summary>
    protected abstract void WriteVerb(JsonCursor verb, IBufferWriter<byte> output);

    /// <summary>Writes an activity.</summary>
    protected abstract void WriteActivity(JsonCursor activity, IBufferWriter<byte> output);

    /// <summary>Writes an object, each value by a method of the caller's.</summary>
    protected static void WriteObject(JsonCursor value, IBufferWriter<byte> output, Action<JsonCursor> write) =>
        WriteObject(value, output, static _ => true, write);

    /// <summary>The same, some of the members only.</summary>
    protected static void WriteObject(
        JsonCursor value, IBufferWriter<byte> output, Func<JsonCursor, bool> isWritten, Action<JsonCursor> write)
    {
        output.Write("{"u8);
        bool isFirst = true;
        foreach (JsonCursor member in value)
        {
            if (isWritten(member))
            {
                output.Write(isFirst ? ""u8 : ","u8);
                isFirst = false;
                CanonicalJson.WriteString(member.NameBytes, output);
                output.Write(":"u8);
                write(member);
            }
        }

        output.Write("}"u8);
    }

    /// <summary>Writes an array, each element by a method of the caller's.</summary>
    protected static void WriteArray(JsonCursor value, IBufferWriter<byte> output, Action<JsonCursor> write)
    {
        output.Write("["u8);
        bool isFirst = true;
        foreach (JsonCursor element in value)
        {
            output.Write(isFirst ? ""u8 : ","u8);
            isFirst = false;
            write(element);
        }

        output.Write("]"u8);
    }

    private void WriteTarget(JsonCursor target, IBufferWriter<byte> output)
    {
        string type = target.TryGet("objectType"u8, out JsonCursor named) ? named.Text : "Activity";
        switch (type)
        {
            case "Activity":
                WriteActivity(target, output);
                break;
            case "Agent" or "Group":
                WriteActor(target, output);
                break;
            case "SubStatement":
                WriteStatement(target, output);
                break;
            default:
                CanonicalJson.Write(target, output);
                break;
        }
    }

    private void WriteContext(JsonCursor context, IBufferWriter<byte> output) => WriteObject(
        context,
        output,
        member =>
        {
            switch (member.Name)
            {
                case "instructor" or "team":
                    WriteActor(member, output);
                    break;
                case "contextActivities":
                    WriteObject(member, output, list => WriteActivities(list, output));
                    break;
                case "contextAgents" or "contextGroups":
                    WriteArray(member, output, entry => WriteContextActor(entry, output));
                    break;
                default:
                    CanonicalJson.Write(member, output);
                    break;
            }
        });

    private void WriteActivities(JsonCursor list, IBufferWriter<byte> output)
    {
        if (list.Kind == JsonKind.Array)
        {
            WriteArray(list, output, activity => WriteActivity(activity, output));
        }
        else
        {
            output.Write("["u8);
            WriteActivity(list, output);
            output.Write("]"u8);
        }
    }

    private void WriteContextActor(JsonCursor entry, IBufferWriter<byte> output) => WriteObject(
        entry,
        output,
        member =>
        {
            if (member.Name is "agent" or "group")
            {
                WriteActor(member, output);
            }
            else
            {
                CanonicalJson.Write(member, output);
            }
        });
}
