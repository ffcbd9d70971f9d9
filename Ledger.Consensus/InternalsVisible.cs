using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Ledger.Consensus.Tests")]
