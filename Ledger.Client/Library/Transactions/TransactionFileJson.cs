using System.Text.Json.Serialization;

namespace Ledger.Client.Transactions;

/// <summary>Reads and writes the document without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TransactionFileDocument))]
internal sealed partial class TransactionFileJson : JsonSerializerContext
{
}
