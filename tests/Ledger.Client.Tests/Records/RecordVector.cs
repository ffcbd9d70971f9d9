using System.Text;
using Ledger.Client.Records;

namespace Ledger.Client.Tests.Records;

/// <summary>A record, its salt, and what must come of them.</summary>
public sealed record RecordVector(
    string Name, RecordType Type, string Record, byte[] Salt, string Committed, string Commitment)
{
    public byte[] Json => Encoding.UTF8.GetBytes(Record);

    public override string ToString() => Name;
}
