namespace Ledger.Node.Tests.Records.Backends;

/// <summary>The databases that a record store runs on.</summary>
public enum StoreKind
{
    Sqlite = 1,
    Postgres = 2,
}
