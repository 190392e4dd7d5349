package dev.keyless.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.keyless.bench.PackagedServers.Cores;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorePlanTest {

    @Test
    void readsTheKernelsList() {
        assertEquals(List.of(0, 1, 2, 3, 8), CorePlan.parse("0-3,8"));
        assertEquals(List.of(5), CorePlan.parse("5"));
    }

    @Test
    void givesTheClientTheOtherCoreOfTwoAndLetsBothShareTheTwo() {
        CorePlan plan = CorePlan.of(List.of(0, 1));

        assertEquals(new CorePlan.Split(cores(0), cores(1)), plan.one());
        assertEquals(new CorePlan.Split(cores(0, 1), cores(0, 1)), plan.two());
    }

    @Test
    void keepsTheClientOffTheServersCoresWhereThereAreFour() {
        CorePlan plan = CorePlan.of(List.of(0, 1, 2, 3));

        assertEquals(new CorePlan.Split(cores(0), cores(2, 3)), plan.one());
        assertEquals(new CorePlan.Split(cores(0, 1), cores(2, 3)), plan.two());
    }

    private static Cores cores(Integer... numbers) {
        return new Cores(List.of(numbers));
    }
}
