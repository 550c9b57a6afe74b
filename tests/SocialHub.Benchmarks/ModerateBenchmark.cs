using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SocialHub.Standalone.Commands;
using SocialHub.Standalone.Commands.Moderate;

namespace SocialHub.Benchmarks;

/// <summary>Lines per second through the process <c>moderate</c>, against a process of the same shape that judges nothing: it parses each line and writes it again.</summary>
internal static class ModerateBenchmark
{
    private const int Warm = 20_000;
    private const int Lines = 60_000;
    private const int Turns = 5;

    // What citizens of a town write: short and long, most of it harmless, some with what the rules look for.
    private static readonly string[] Comments =
    [
        "Merci pour la réouverture de la piscine, les nouveaux horaires du jeudi soir sont une bonne idée !",
        "Bonjour, à quelle heure ouvre la médiathèque le samedi ?",
        "D'accord avec Jeanne.",
        "Très bonne nouvelle. Par contre il faudrait aussi penser au parking : le samedi matin, entre le marché et l'école de musique, on tourne une demi-heure avant de trouver une place, et les vélos n'ont toujours pas d'arceaux devant la halle.",
        "Les travaux de la rue Nationale devaient finir en mai. Nous sommes en novembre, deux commerces ont fermé, et personne ne sait nous dire quand les trottoirs seront refaits. **Un calendrier**, même approximatif, nous aiderait à tenir.\n\nMerci d'avance.",
        "J'ai appelé trois fois au 02 98 00 12 34, personne ne répond, mon adresse est jeanne.morvan@example.org si quelqu'un veut bien m'écrire.",
        "Voir https://www.saint-exemple.test/piscine et https://www.saint-exemple.test/horaires pour le détail.",
        "Bande de nuls, vous ne savez rien faire à part augmenter les impôts !!!!!",
        "POURQUOI EST-CE TOUJOURS NOTRE QUARTIER QUI ATTEND",
        "> les bassins extérieurs ouvrent en juin\n\nEt la pataugeoire ? Mes petits-enfants l'attendent :\n\n- elle était fermée l'an dernier\n- elle l'était déjà l'année d'avant\n- le toboggan aussi",
        "Je trouve le projet du parc des Deux-Rives *vraiment* réussi. Les essences choisies (frênes, érables, un vieux saule conservé) supportent l'humidité, la prairie n'est fauchée que deux fois, et les bancs ont enfin un dossier. Il manque à mon avis un point d'eau près des jeux, un abri pour les jours de pluie, et un passage pour les poussettes du côté de la passerelle, où les marches obligent à faire tout le tour. Mais pour un quartier qui n'avait pas un arbre il y a dix ans, quel changement. Bravo aux jardiniers, que l'on voit dès sept heures par tous les temps et que l'on remercie trop peu.",
        "Is there an English version of the recycling calendar? We moved here in September and our neighbours could not tell us which week the paper is collected.",
    ];

    /// <summary>The child of this benchmark that is the product's command.</summary>
    public static Task<int> ModerateAsync(string[] args) => ModerateCommand.Create().Parse(args).InvokeAsync();

    /// <summary>The child that judges nothing.</summary>
    public static async Task<int> RewriteAsync()
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        return await new LinePump(Rewrite).RunAsync(input, output, CancellationToken.None) ? 0 : 1;
    }

    public static async Task RunAsync()
    {
        Machine.Describe($"Lines through `moderate` (best and median of {Turns} turns of {Lines:N0} lines, after {Warm:N0} lines; a line has {Document(0, Lines).Length / Lines} bytes)", "moderate");
        List<Turn> moderate = [], rewrite = [];
        for (var turn = 0; turn < Turns; turn++)
        {
            moderate.Add(await MeasureAsync("moderate-child"));
            rewrite.Add(await MeasureAsync("rewrite-child"));
        }

        Console.WriteLine("| process | lines/s, best | median | processor µs per line, least | median | start and first 100 lines, s |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (name, turns) in new[] { ("`moderate`", moderate), ("parses and rewrites only", rewrite) })
        {
            Console.WriteLine($"| {name} | {Machine.Number(turns.Max(t => t.PerSecond))} | {Machine.Number(Machine.Median(turns.Select(t => t.PerSecond)))} | {Machine.Number(turns.Min(t => t.Processor), "0.0")} | {Machine.Number(Machine.Median(turns.Select(t => t.Processor)), "0.0")} | {Machine.Number(turns.Min(t => t.Start), "0.00")} |");
        }
    }

    private static bool Rewrite(ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        string text = "", name = "";
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isText = reader.ValueTextEquals("text"u8);
            reader.Read();
            if (isText)
                text = reader.GetString()!;
            else
                name = reader.GetString()!;
        }

        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("text"u8, text);
            writer.WriteString("name"u8, name);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
        return true;
    }

    private static async Task<Turn> MeasureAsync(string child)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ModerateBenchmark).Assembly.Location, child]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync();
        var (input, output) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        await ThroughAsync(input, output, 0, 100);
        var start = TimeProvider.System.GetElapsedTime(began);
        await ThroughAsync(input, output, 100, Warm);
        var processor = process.TotalProcessorTime;
        var measured = TimeProvider.System.GetTimestamp();
        await ThroughAsync(input, output, 100 + Warm, Lines);
        var elapsed = TimeProvider.System.GetElapsedTime(measured);
        process.Refresh();
        processor = process.TotalProcessorTime - processor;
        input.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? new Turn(Lines / elapsed.TotalSeconds, processor.TotalMicroseconds / Lines, start.TotalSeconds)
            : throw new InvalidOperationException($"{child} ended with {process.ExitCode}: {await errors}");
    }

    // All at once into the pipe, as `moderate < file` does, and until the last answer is there.
    private static async Task ThroughAsync(Stream input, Stream output, int first, int count)
    {
        var document = Document(first, count);
        async Task WriteAsync()
        {
            await input.WriteAsync(document);
            await input.FlushAsync();
        }

        var writing = WriteAsync();
        var buffer = new byte[256 * 1024];
        for (var answers = 0; answers < count;)
        {
            var read = await output.ReadAsync(buffer);
            if (read == 0)
                throw new InvalidOperationException($"It ended after {answers} of {count} answers.");
            answers += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        await writing;
    }

    // Each line is another text, so that nothing is answered from a memory of it.
    private static byte[] Document(int first, int count)
    {
        var document = new StringBuilder(count * 300);
        for (var i = first; i < first + count; i++)
        {
            var text = $"{Comments[i % Comments.Length]} ({i.ToString(CultureInfo.InvariantCulture)})";
            document.Append("{\"text\":\"").Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)).Append("\",\"name\":\"Camille ").Append(i % 977).Append("\"}\n");
        }

        return Encoding.UTF8.GetBytes(document.ToString());
    }

    private sealed record Turn(double PerSecond, double Processor, double Start);
}
