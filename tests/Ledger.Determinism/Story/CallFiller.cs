using Google.Protobuf;
using Google.Protobuf.Reflection;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Determinism.Story;

/// <summary>
/// Makes calls of every kind that the protocol has, also of those that are added later: each field is filled by its
/// type and name. Most are refused, and a few are not.
/// </summary>
public sealed class CallFiller(TestRandom random, StoryCast cast)
{
    private static readonly FieldDescriptor[] Calls =
        [.. Operation.Descriptor.Oneofs.Single().Fields.OrderBy(static field => field.FieldNumber)];

    /// <summary>A call of any kind.</summary>
    public Operation Any(long timeMs)
    {
        Operation operation = new();
        FieldDescriptor call = Calls[random.Below(Calls.Length)];
        call.Accessor.SetValue(operation, Fill(call.MessageType, timeMs));
        return operation;
    }

    private IMessage Fill(MessageDescriptor type, long timeMs)
    {
        IMessage message = type.Parser.ParseFrom(ByteString.Empty);
        foreach (OneofDescriptor oneof in type.Oneofs)
        {
            FieldDescriptor chosen = oneof.Fields[random.Below(oneof.Fields.Count)];
            chosen.Accessor.SetValue(message, Value(chosen, timeMs));
        }

        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder().Where(one => one.ContainingOneof is null))
        {
            if (field.IsRepeated)
            {
                System.Collections.IList list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (int count = 1 + random.Below(3); count > 0; count--)
                {
                    list.Add(Value(field, timeMs));
                }
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, timeMs));
            }
        }

        return message;
    }

    private object Value(FieldDescriptor field, long timeMs) => field.FieldType switch
    {
        FieldType.Bytes => Bytes(field.Name),
        FieldType.String => Text(field.Name),
        FieldType.Bool => random.Below(2) == 0,
        FieldType.Enum => field.EnumType.Values[random.Below(field.EnumType.Values.Count)].Number,
        FieldType.Message => Fill(field.MessageType, timeMs),
        FieldType.UInt32 => (uint)random.Below(4),
        FieldType.Int32 => random.Below(4),
        FieldType.UInt64 => (ulong)random.Below(5),
        _ => field.Name.EndsWith("unix_ms", StringComparison.Ordinal) && random.Below(3) > 0
            ? timeMs + random.Below(100_000)
            : (long)random.Below(4),
    };

    private ByteString Bytes(string name)
    {
        if (name.Contains("learner", StringComparison.Ordinal))
        {
            return cast.Learner(random).Address.ToField();
        }

        if (name is "institution" or "candidate" or "outgoing" or "provider" or "custodian" or "member" or "writer")
        {
            return cast.Institution(random).Address.ToField();
        }

        if (name is "proof" or "signature")
        {
            return ByteString.CopyFrom(random.Bytes(64));
        }

        return name switch
        {
            "hashed_id" => ByteString.CopyFrom(random.Bytes(16)),
            "purpose" or "limits" when random.Below(2) == 0 => ByteString.Empty,
            _ when name.EndsWith("key", StringComparison.Ordinal) => cast.Anybody(random).Key.ToField(),
            _ when random.Below(2) == 0 => cast.Anybody(random).Address.ToField(),
            _ => random.Hash().ToField(),
        };
    }

    private string Text(string name) => name switch
    {
        "verb" => StoryCast.Verbs[random.Below(StoryCast.Verbs.Length)],
        "domain" => cast.Institution(random).Domain,
        "uri" or "url" or "endpoint" => $"https://{cast.Institution(random).Domain}/{random.Below(9)}",
        _ => $"Iğdır {random.Below(9)} Straße",
    };
}
