using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialHub.Functions;
using SocialHub.Standalone;
using SocialHub.Standalone.Hosting;
using SocialHub.Standalone.Triggers;

namespace SocialHub.Tests.Standalone;

/// <summary>The functions of the function app, on this runtime.</summary>
public sealed class FunctionAppTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_function_can_be_invoked_so_none_lacks_a_dependency()
    {
        await using var host = await TestHost.StartAsync(
            await azurite.NewAccountAsync(), new object(), typeof(StandaloneHost).Assembly.GetTypes(), values: ("Standalone:Background", "false"));
        var catalog = host.Services.GetRequiredService<FunctionCatalog>();
        var failed = new List<string>();
        foreach (var function in catalog.Http)
        {
            foreach (var method in function.Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host.Client.BaseAddress!, Example(function.Route)));
                if (method is not "GET" and not "HEAD")
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
                if ((int)response.StatusCode == 500)
                    failed.Add($"{function.Name} {method} {request.RequestUri}");
                Assert.NotEqual("no-such-address", await CodeAsync(response));
            }
        }

        foreach (var function in catalog.Queues)
            await new FunctionInvoker(function).RunAsync(host.Services, """{"v":1}""", Stop);
        foreach (var function in catalog.Timers)
            await new FunctionInvoker(function).RunAsync(host.Services, new TimerInfo(), Stop);
        Assert.Empty(failed);
        Assert.NotEmpty(catalog.Queues);
        Assert.NotEmpty(catalog.Timers);
    }

    [Fact]
    public async Task The_function_app_s_own_composition_makes_every_class_of_functions()
    {
        // What its program adds to the worker's services is this one call and nothing else; the next test holds it to that.
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = await azurite.NewAccountAsync(),
            ["SocialHub:SigningKey"] = "a key that is only good for tests, and long",
            ["TickSchedule"] = "0 * * * * *",
            ["DailySchedule"] = "0 0 3 * * *",
        }).Build();
        var services = new ServiceCollection().AddLogging().AddHubFunctions(configuration);
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var classes = FunctionCatalog.Of(typeof(StandaloneHost).Assembly.GetTypes(), configuration).Functions.Select(function => function.Method.DeclaringType!).Distinct().ToList();
        Assert.NotEmpty(classes);
        await using var scope = provider.CreateAsyncScope();
        foreach (var type in classes)
            Assert.NotNull(ActivatorUtilities.CreateInstance(scope.ServiceProvider, type));
    }

    [Fact]
    public void Both_programs_compose_the_hub_by_the_same_one_call()
    {
        const string Call = "builder.Services.AddHubFunctions(builder.Configuration);";
        string[] program = [.. File.ReadLines(Path.Combine(Root(), "src/SocialHub.Functions/Program.cs")).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal))];
        // Whatever else the function app registered would be missing in the standalone hub, and in every test.
        Assert.Equal(
            ["var builder = FunctionsApplication.CreateBuilder(args);", "builder.ConfigureFunctionsWebApplication();", "builder.UseMiddleware<UnexpectedErrors>();", Call, "await builder.Build().RunAsync();"],
            program);
        Assert.Single(File.ReadLines(Path.Combine(Root(), "src/SocialHub.Standalone/StandaloneHost.cs")), line => line.Trim() == Call);
    }

    [Fact]
    public void The_two_projects_see_the_same_files_and_differ_only_in_where_triggers_come_from()
    {
        var functions = XDocument.Load(Path.Combine(Root(), "src/SocialHub.Functions/SocialHub.Functions.csproj"));
        var standalone = XDocument.Load(Path.Combine(Root(), "src/SocialHub.Standalone/SocialHub.Standalone.csproj"));
        Assert.Equal(["Microsoft.Azure.Functions.Worker"], Usings(functions));
        Assert.Equal(["SocialHub.Standalone.Triggers"], Usings(standalone));

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root(), "src/SocialHub.Functions"), "*Functions.cs", SearchOption.AllDirectories))
            Assert.DoesNotContain("Functions.Worker;", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void The_attributes_have_the_shape_of_the_isolated_worker()
    {
        Assert.Equal([("Anonymous", 0), ("User", 1), ("Function", 2), ("System", 3), ("Admin", 4)], Enum.GetValues<AuthorizationLevel>().Select(level => (level.ToString(), (int)level)));
        Assert.True(new TimerTriggerAttribute("0 * * * * *").UseMonitor);
        Assert.False(new TimerTriggerAttribute("0 * * * * *").RunOnStartup);
        Assert.Equal(["IsPastDue", "ScheduleStatus"], typeof(TimerInfo).GetProperties().Select(property => property.Name).Order());
        Assert.Equal(["Last", "LastUpdated", "Next"], typeof(ScheduleStatus).GetProperties().Select(property => property.Name).Order());
    }

    private static IEnumerable<string> Usings(XDocument project) => project.Descendants("Using").Select(element => element.Attribute("Include")!.Value);

    // A value of letters and digits satisfies what the routes ask of theirs, but for numbers.
    private static string Example(string route) => string.Join('/', RoutePatternFactory.Parse(route).PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content is { } text && text.StartsWith("maxlength(0)", StringComparison.Ordinal)) => "",
        _ => "abc",
    }))));

    private static async Task<string> CodeAsync(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json"
        && (await response.Content.ReadAsStringAsync(Stop)).Contains("problem:no-such-address", StringComparison.Ordinal) ? "no-such-address" : "";

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
