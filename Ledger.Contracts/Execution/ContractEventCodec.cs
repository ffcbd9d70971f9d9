using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>Writes events as the message in which nodes keep and tell them, and reads them again.</summary>
public static class ContractEventCodec
{
    /// <summary>One event as a message.</summary>
    public static EventMessage ToMessage(ContractEvent one)
    {
        EventMessage message = new();
        Write(one, message);
        return message;
    }

    /// <summary>
    /// Writes an event over a message that another one was written to: events that stand side by side mostly share who
    /// acted, and in what transaction.
    /// </summary>
    public static void Write(ContractEvent one, EventMessage message)
    {
        message.Kind = (uint)one.Kind;
        message.Actor = FieldOf(one.Actor?.Value, message.Actor);
        message.Learner = FieldOf(one.Learner?.Value, message.Learner);
        message.Verb = one.Verb ?? string.Empty;
        message.Subject = FieldOf(one.Subject?.Value, message.Subject);
        message.Client = FieldOf(one.Client?.Value, message.Client);
        message.Number = one.Number;
        message.Rights = one.Rights == AccessBits.None ? null : one.Rights.ToMessage();
        message.TransactionId = FieldOf(one.Place?.TransactionId, message.TransactionId);
        message.Group = (uint)(one.Place?.Group ?? 0);
        message.Operation = (uint)(one.Place?.Operation ?? 0);
    }

    /// <summary>
    /// Reads a message that a node sent; false where a field has another length than it must have, or a number that no
    /// event has.
    /// </summary>
    public static bool TryRead(EventMessage message, [NotNullWhen(true)] out ContractEvent? one)
    {
        one = null;
        if (!TryReadAddress(message.Actor, out Address? actor)
            || !TryReadAddress(message.Learner, out Address? learner)
            || !TryReadAddress(message.Subject, out Address? subject)
            || !TryReadAddress(message.Client, out Address? client)
            || !(message.TransactionId.IsEmpty || Hash256.TryRead(message.TransactionId.Span, out _))
            || Math.Max(message.Kind, Math.Max(message.Group, message.Operation)) > int.MaxValue)
        {
            return false;
        }

        one = new ContractEvent((ContractEventKind)message.Kind)
        {
            Actor = actor,
            Learner = learner,
            Verb = message.Verb.Length == 0 ? null : message.Verb,
            Subject = subject,
            Client = client,
            Number = message.Number,
            Rights = message.Rights.ToBits(),
            Place = message.TransactionId.IsEmpty
                ? null
                : new OperationPlace(
                    new Hash256(message.TransactionId.Span), (int)message.Group, (int)message.Operation),
        };
        return true;
    }

    private static ByteString FieldOf(Hash256? value, ByteString before)
    {
        if (value is null)
        {
            return ByteString.Empty;
        }

        return !before.IsEmpty && new Hash256(before.Span) == value ? before : value.Value.ToField();
    }

    private static bool TryReadAddress(ByteString field, out Address? address)
    {
        address = null;
        if (field.IsEmpty)
        {
            return true;
        }

        bool isRead = Address.TryRead(field.Span, out Address read);
        address = read;
        return isRead;
    }
}
