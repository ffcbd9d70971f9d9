using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Transactions;

/// <summary>
/// Rule P-3 says what is canonical by writing a message again. Most messages are known at sight, without that: here
/// both are asked about random messages of every kind, whole and changed, and must agree.
/// </summary>
public sealed class CanonicalMutantsTests
{
    private const int MessagesOfAKind = 60;
    private const int MutantsOfAMessage = 40;
    private const int DepthMax = 4;

    private static readonly MethodInfo Ask =
        typeof(CanonicalMutantsTests).GetMethod(nameof(Compare), BindingFlags.Static | BindingFlags.NonPublic)!;

    [Test]
    public void What_is_known_at_sight_is_what_is_written_again()
    {
        Random random = new(20261129);
        int canonical = 0;
        int refused = 0;
        foreach (MessageDescriptor kind in Kinds())
        {
            Func<byte[], bool> ask = Ask.MakeGenericMethod(kind.ClrType).CreateDelegate<Func<byte[], bool>>();
            for (int round = 0; round < MessagesOfAKind; round++)
            {
                byte[] whole = Any(kind, random, DepthMax).ToByteArray();
                Assert.That(ask(whole), Is.True, kind.FullName);
                for (int mutant = 0; mutant < MutantsOfAMessage; mutant++)
                {
                    if (ask(Changed(whole, random)))
                    {
                        canonical++;
                    }
                    else
                    {
                        refused++;
                    }
                }
            }
        }

        // The mutants are of both sorts, or this shows nothing.
        Assert.That(canonical, Is.GreaterThan(10_000));
        Assert.That(refused, Is.GreaterThan(10_000));
    }

    private static IEnumerable<MessageDescriptor> Kinds() =>
        new[] { typeof(SignedTransaction).Assembly, typeof(Ledger.Consensus.Protos.SignedMessage).Assembly }
            .SelectMany(static assembly => assembly.GetTypes())
            .Where(static type => type.IsAssignableTo(typeof(IMessage)) && !type.IsAbstract)
            .OrderBy(static type => type.FullName, StringComparer.Ordinal)
            .Select(static type => ((IMessage)Activator.CreateInstance(type)!).Descriptor);

    private static bool Compare<T>(byte[] bytes)
        where T : class, IMessage<T>, new()
    {
        MessageParser<T> parser = new(static () => new T());
        bool isCanonical = CanonicalMessage.TryParse(parser, bytes, out T? message);
        Assert.That(
            isCanonical, Is.EqualTo(IsWrittenAgain(parser, bytes)), () => typeof(T) + " " + Convert.ToHexString(bytes));
        Assert.That(message?.ToByteArray(), isCanonical ? Is.EqualTo(bytes) : Is.Null);
        return isCanonical;
    }

    private static bool IsWrittenAgain<T>(MessageParser<T> parser, byte[] bytes)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return WireLengths.AreSound<T>(bytes)
                && parser.WithDiscardUnknownFields(true).ParseFrom(bytes).ToByteArray().AsSpan().SequenceEqual(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static IMessage Any(MessageDescriptor kind, Random random, int depthLeft)
    {
        IMessage message = (IMessage)Activator.CreateInstance(kind.ClrType)!;
        foreach (FieldDescriptor field in kind.Fields.InDeclarationOrder())
        {
            if (random.Next(4) == 0 || (field.FieldType == FieldType.Message && depthLeft == 0))
            {
                continue;
            }

            if (field.IsRepeated)
            {
                System.Collections.IList list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (int count = random.Next(3); count > 0; count--)
                {
                    list.Add(AnyValue(field, random, depthLeft));
                }
            }
            else
            {
                field.Accessor.SetValue(message, AnyValue(field, random, depthLeft));
            }
        }

        return message;
    }

    private static object AnyValue(FieldDescriptor field, Random random, int depthLeft) => field.FieldType switch
    {
        FieldType.Message => Any(field.MessageType, random, depthLeft - 1),
        FieldType.Bytes => ByteString.CopyFrom(AnyBytes(random)),
        FieldType.String => random.Next(8) == 0 ? "größer 😀" : new string('a', random.Next(4)),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.UInt64 => unchecked((ulong)AnyNumber(random)),
        FieldType.Int64 or FieldType.SInt64 => AnyNumber(random),
        FieldType.UInt32 => unchecked((uint)AnyNumber(random)),
        FieldType.Int32 or FieldType.SInt32 => unchecked((int)AnyNumber(random)),
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, random.Next(-1, 4)),
        _ => throw new NotSupportedException($"{field.FullName} is of a kind that no schema had before"),
    };

    private static long AnyNumber(Random random) =>
        random.Next(3) == 0 ? 0 : unchecked(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));

    private static byte[] AnyBytes(Random random)
    {
        byte[] bytes = new byte[random.Next(4)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Changed(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (int changes = random.Next(1, 3); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(1, 5), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 1 when length > 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when length > 0:
                    bytes[at] = (byte)random.Next(4);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(random.Next(bytes.Count + 1), [.. bytes.Skip(at).Take(length)]);
                    break;
                default:
                    // A number one byte longer than it needs to be.
                    if (length > 0 && bytes[at] < 0x80)
                    {
                        bytes[at] |= 0x80;
                        bytes.Insert(at + 1, 0);
                    }

                    break;
            }
        }

        return [.. bytes];
    }
}
